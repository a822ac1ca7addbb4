-- From the HTML page to Word: numbers that Word can list, its lists, its styles.

local listed = { table = {}, figure = {} }

local function escape(text)
  return (text:gsub("&", "&amp;"):gsub("<", "&lt;"):gsub(">", "&gt;"):gsub('"', "&quot;"))
end

local function run(text)
  return '<w:r><w:t xml:space="preserve">' .. escape(text) .. "</w:t></w:r>"
end

local function char(kind)
  return '<w:r><w:fldChar w:fldCharType="' .. kind .. '"/></w:r>'
end

local function field(code, shown)
  return char("begin") .. '<w:r><w:instrText xml:space="preserve"> ' .. escape(code)
    .. " </w:instrText></w:r>" .. char("separate") .. shown .. char("end")
end

-- "Tableau 1.2. " with its last number as a field: SEQ, set to that number.
local function numbered(span)
  local text = pandoc.utils.stringify(span)
  local label, lead, last = text:match("^(%S+)%s+(.-)(%d+)%D*$")
  local code = "SEQ " .. label .. " \\* ARABIC \\r " .. last
  return pandoc.RawInline("openxml", run(label .. " " .. lead) .. field(code, run(last)) .. run(". "))
end

local function keep(kind)
  return function(block)
    block:walk({ Span = function(span)
      if span.classes:includes("number") and span.attributes.bookmark then
        local label = pandoc.utils.stringify(span):match("^%S+")
        listed[kind].label = label
        table.insert(listed[kind], {
          text = pandoc.utils.stringify(block.caption.long), target = span.attributes.bookmark, level = 1 })
      end
    end })
  end
end

-- A list as Word makes it: a field, with what it will show already in it.
-- Page numbers are Word's to give: until then a line says how, which goes with
-- the field's first update.
local function list(title, code, entries, style, opens, hint)
  local paragraphs = {}
  if hint then table.insert(entries, { text = hint, level = 1 }) end
  for place, entry in ipairs(entries) do
    local opening = place == 1 and (char("begin"):gsub("/>", ' w:dirty="true"/>', 1)
      .. '<w:r><w:instrText xml:space="preserve"> ' .. escape(code) .. " </w:instrText></w:r>" .. char("separate")) or ""
    local closing = place == #entries and char("end") or ""
    table.insert(paragraphs, '<w:p><w:pPr><w:pStyle w:val="' .. style:gsub("N", entry.level) .. '"/></w:pPr>'
      .. opening .. (entry.target and '<w:hyperlink w:anchor="' .. entry.target .. '">' .. run(entry.text)
        .. "</w:hyperlink>" or run(entry.text)) .. closing .. "</w:p>")
  end
  if #entries == 0 then return pandoc.Blocks({}) end
  return pandoc.Blocks({ pandoc.RawBlock("openxml",
    '<w:p><w:pPr><w:pStyle w:val="TOCHeading"/>' .. (opens and "<w:pageBreakBefore/>" or "") .. '</w:pPr>' .. run(title) .. "</w:p>" .. table.concat(paragraphs)) })
end

local function lists(doc)
  local heads = {}
  doc:walk({ Header = function(header)
    if header.level < 3 then
      table.insert(heads, { text = pandoc.utils.stringify(header), target = header.identifier, level = header.level })
    end
  end })
  doc:walk({ Table = keep("table"), Figure = keep("figure") })
  local say = function(key) return pandoc.utils.stringify(doc.meta[key] or "") end
  local blocks = list(say("contents"), 'TOC \\o "1-2" \\h \\z \\u', heads, "TOCN", true, say("hint"))
  for _, kind in ipairs({ "table", "figure" }) do
    local code = "TOC \\h \\z \\c " .. (listed[kind].label or "")
    blocks:extend(list(say(kind .. "s"), code, listed[kind], "TableofFigures"))
  end
  return blocks
end

-- What came before ends a section, upright or across the page.
local function section(size)
  return pandoc.RawBlock("openxml", "<w:p><w:pPr><w:sectPr>"
    .. '<w:headerReference w:type="default" r:id="rId91"/><w:footerReference w:type="default" r:id="rId92"/>'
    .. "<w:pgSz " .. size .. "/>"
    .. '<w:pgMar w:top="1474" w:right="1417" w:bottom="1474" w:left="1417" w:header="709" w:footer="709" w:gutter="0"/>'
    .. "</w:sectPr></w:pPr></w:p>")
end
local upright = 'w:w="11906" w:h="16838"'
local across = 'w:w="16838" w:h="11906" w:orient="landscape"'

local styles = { source = "Source", notice = "Notice", band = "Notice", strip = "Notice", blank = "Source" }

local function styled(div)
  for class, style in pairs(styles) do
    if div.classes:includes(class) then
      div.attributes["custom-style"] = style
      return div
    end
  end
  if div.classes:includes("across") then
    return { section(upright), div, section(across) }
  end
end

-- A decision is a box; a table too wide for a page across it stands in small type.
local function small(tbl)
  if tbl.classes:includes("decision") then tbl.attributes["custom-style"] = "Decision" end
  if not tbl.classes:includes("dense") then return tbl end
  for _, rows in ipairs({ tbl.head.rows, tbl.bodies[1].body }) do
    for _, row in ipairs(rows) do
      for _, cell in ipairs(row.cells) do
        cell.contents = { pandoc.Div(cell.contents, { ["custom-style"] = "Dense" }) }
      end
    end
  end
  return tbl
end

function Pandoc(doc)
  local before = lists(doc)
  local body = doc:walk({ Div = styled }):walk({ Table = small })
  body = body:walk({ Span = function(span)
    if span.classes:includes("number") and span.attributes.bookmark then return numbered(span) end
  end })
  -- Word would keep everything else as properties, paths of this machine too.
  local kept = {}
  for _, key in ipairs({ "lang", "title", "subtitle", "author" }) do
    kept[key] = body.meta[key]
  end
  body.meta = kept
  before:extend(body.blocks)
  body.blocks = before
  return body
end
