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
  return pandoc.RawInline("typst", '#image("' .. name .. '", alt: "' .. alt .. '")')
end

-- Numbers stand right, words left, as the page's classes say.
local function align(rows, heads)
  for _, row in ipairs(rows) do
    for place, cell in ipairs(row.cells) do
      local right = place > heads and not cell.classes:includes("words")
      cell.alignment = right and "AlignRight" or "AlignLeft"
    end
  end
end

-- A table wider than a line of about 100 signs: every column gets its longest
-- word, and the rest of the line goes where the text is long.
local function share_width(tbl)
  local word, text, words, texts = {}, {}, 0, 0
  local function measure(rows)
    for _, row in ipairs(rows) do
      for place, cell in ipairs(row.cells) do
        local content = pandoc.utils.stringify(cell.contents)
        text[place] = math.max(text[place] or 0, math.min(utf8.len(content), 70))
        for part in content:gmatch("%S+") do
          word[place] = math.max(word[place] or 0, math.min(utf8.len(part), 16))
        end
      end
    end
  end
  measure(tbl.head.rows)
  measure(tbl.bodies[1].body)
  for place, length in ipairs(text) do
    word[place] = (word[place] or 1) + 4
    words, texts = words + word[place], texts + math.max(length - word[place], 0)
  end
  if words + texts < 100 then return end
  for place, length in ipairs(text) do
    local longer = math.max(length - word[place], 0)
    local share = (word[place] + (100 - words) * longer / texts) / 100
    tbl.colspecs[place] = { tbl.colspecs[place][1], share }
  end
end

-- A path or a name may break after its marks, or it runs out of its column.
local function breakable(str)
  if utf8.len(str.text) > 16 then
    return pandoc.Str((str.text:gsub("([/_.])(%w)", "%1\u{200B}%2")))
  end
end

function Table(tbl)
  for _, body in ipairs(tbl.bodies) do
    align(body.body, body.row_head_columns)
    align(tbl.head.rows, body.row_head_columns)
  end
  share_width(tbl)
  return tbl:walk({ Str = breakable })
end

-- A short table stays on one page with its source.
local function keep_together(div)
  local rows = 0
  div:walk({ Table = function(tbl) rows = rows + #tbl.bodies[1].body end })
  return rows <= 14
end

-- Boxes of the page that Typst's template knows by the same name.
function Div(div)
  if div.classes:includes("table") and keep_together(div) then
    div.content:insert(1, pandoc.RawBlock("typst", "#block(breakable: false, width: 100%)["))
    div.content:insert(pandoc.RawBlock("typst", "]"))
    return div.content
  end
  for _, class in ipairs({ "source", "notice", "blank", "band" }) do
    if div.classes:includes(class) then
      div.content:insert(1, pandoc.RawBlock("typst", "#" .. class .. "["))
      div.content:insert(pandoc.RawBlock("typst", "]"))
      return div.content
    end
  end
end
