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

function Table(tbl)
  for _, body in ipairs(tbl.bodies) do
    align(body.body, body.row_head_columns)
    align(tbl.head.rows, body.row_head_columns)
  end
  return tbl
end

function Div(div)
  if div.classes:includes("source") then
    return { pandoc.RawBlock("typst", "#source["), table.unpack(div.content), pandoc.RawBlock("typst", "]") }
  end
end
