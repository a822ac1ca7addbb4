-- From the HTML page to Typst: what pandoc does not carry over by itself.

-- A formula needs a text alternative (PDF/UA): its source says what it is.
function Math(formula)
  local written = pandoc.write(pandoc.Pandoc(pandoc.Plain(formula)), "typst")
  local body = written:gsub("%s+$", "")
  local alt = formula.text:gsub("\\", "\\\\"):gsub('"', '\\"')
  local block = formula.mathtype == "DisplayMath" and "true" or "false"
  return pandoc.RawInline("typst", '#math.equation(block: ' .. block .. ', alt: "' .. alt .. '", ' .. body .. ')')
end

-- pandoc's own Typst picture has no text alternative. Pictures come inside the
-- page; Typst wants files.
function Image(image)
  local mime, content = pandoc.mediabag.fetch(image.src)
  local ending = ({ ["image/svg+xml"] = "svg", ["image/jpeg"] = "jpg" })[mime] or "png"
  local name = pandoc.utils.sha1(content) .. "." .. ending
  local file = assert(io.open(name, "wb"))
  file:write(content)
  file:close()
  local alt = pandoc.utils.stringify(image.caption):gsub("\\", "\\\\"):gsub('"', '\\"')
  -- A tall chart leaves room for its heading and its caption.
  local width, height = content:match('width="([%d.]+)pt" height="([%d.]+)pt"')
  if not width then height, width = content:match('height="([%d.]+)pt".-width="([%d.]+)pt"') end
  local tall = width and tonumber(height) / tonumber(width) > 1.1
  local size = tall and string.format(", width: %d%%", math.floor(110 * tonumber(width) / tonumber(height))) or ""
  return pandoc.RawInline("typst", '#image("' .. name .. '", alt: "' .. alt .. '"' .. size .. ')')
end

-- Of a caption, what follows its first sentence is left out of the lists.
local function titled(caption)
  for _, block in ipairs(caption.long) do
    local words, place = block.content, nil
    for k = 2, #words - 2 do
      local first, second = words[k], words[k + 2]
      local ends = first.t == "Str" and first.text:match("%.$") and words[k + 1].t == "Space"
      if ends and second.t == "Str" and second.text:match("^%u") then place = k break end
    end
    if place then
      words:insert(place + 1, pandoc.RawInline("typst", "#more["))
      words:insert(pandoc.RawInline("typst", "]"))
    end
  end
  return caption
end

function Figure(figure)
  figure.caption = titled(figure.caption)
  return figure
end

local function raw(text)
  return pandoc.RawBlock("typst", text)
end

local function wrap(content, opening)
  content:insert(1, raw(opening .. "["))
  content:insert(raw("]"))
  return content
end

local function has(class)
  return function(block) return block.t == "Table" and block.classes:includes(class) end
end

-- Lines that a row takes, as its longest cell does.
local function lines(row, tbl)
  local most = 1
  for place, cell in ipairs(row.cells) do
    local share = tbl.colspecs[place][2] or 1 / #tbl.colspecs
    most = math.max(most, utf8.len(pandoc.utils.stringify(cell.contents)) / (100 * share))
  end
  return math.ceil(most)
end

-- A short table stays on one page with its source, if a page can hold it.
local function fits(tbl)
  local all = 0
  for _, row in ipairs(tbl.bodies[1].body) do all = all + lines(row, tbl) end
  return #tbl.bodies[1].body <= 14 and all <= 30
end

-- Of a longer one the last rows do: they stand with the source in the table's foot,
-- which Typst keeps in one piece.
local function footed(tbl, source)
  local body, columns = tbl.bodies[1].body, #tbl.colspecs
  local last = pandoc.List({})
  while #last < 2 and #body > 2 and #body[#body].cells == columns do last:insert(1, body:remove()) end
  local told = pandoc.Cell(source, "AlignLeft", 1, columns, { ["typst:stroke"] = "(top: 1pt)" })
  last:insert(pandoc.Row({ told }))
  tbl.foot = pandoc.TableFoot(last)
  local text = pandoc.write(pandoc.Pandoc({ tbl }), "typst-smart-citations")
  return raw((text:gsub("table%.hline%(%),%s*table%.footer%(", "table.footer(repeat: false, ")))
end

local function parted(str)
  if utf8.len(str.text) <= 14 then return end
  return { pandoc.RawInline("typst", "#parted["), str, pandoc.RawInline("typst", "]") }
end

function Table(tbl)
  tbl.caption = titled(tbl.caption)
  tbl = tbl:walk({ Str = parted })
  if tbl.classes:includes("decision") then
    tbl.attributes["typst:fill"] = "luma(244)"
    return wrap(pandoc.Blocks({ tbl }), "#decision(breakable: " .. tostring(not fits(tbl)) .. ")")
  end
  return tbl
end

-- Boxes of the page that Typst's template knows by the same name.
function Div(div)
  local content = div.content
  local tbl, place = content:find_if(function(block) return block.t == "Table" end)
  if div.classes:includes("table") and tbl then
    local small = has("dense")(tbl)
    if fits(tbl) then
      content = wrap(content, "#block(breakable: false, width: 100%)")
    elseif #content > place then
      local source = content:filter(function(_, at) return at > place end)
      content = content:filter(function(_, at) return at < place end)
      content:insert(footed(tbl, source))
    end
    return small and wrap(content, "#small") or content
  end
  if div.classes:includes("across") then return wrap(content, "#page(flipped: true)") end
  for _, class in ipairs({ "source", "notice", "strip", "blank", "band" }) do
    if div.classes:includes(class) then return wrap(content, "#" .. class) end
  end
end
