-- Tables in every format: how they stand, and who gets how much of the line.

-- Numbers stand right, words left, as the page's classes say. A cell that spans
-- rows is there in the first of them only.
local function align(rows, heads, columns)
  for _, row in ipairs(rows) do
    for place, cell in ipairs(row.cells) do
      local right = place + columns - #row.cells > heads and not cell.classes:includes("words")
      cell.alignment = right and "AlignRight" or "AlignLeft"
    end
  end
end

-- LaTeX and Word read the alignment of a column, not of its cells.
local function align_columns(tbl)
  local row = tbl.bodies[1].body[1]
  if not row then return end
  for place, cell in ipairs(row.cells) do
    tbl.colspecs[place] = { cell.alignment, tbl.colspecs[place][2] }
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
  -- Where the words alone fill the line, the table goes across the page.
  local room = 100
  if words > 92 then
    tbl.classes:insert("landscape")
    room = 150
  end
  for place, length in ipairs(text) do
    local longer = math.max(length - word[place], 0)
    local share = (word[place] + (room - words) * longer / texts) / room
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
    align(body.body, body.row_head_columns, #tbl.colspecs)
    align(tbl.head.rows, body.row_head_columns, #tbl.colspecs)
  end
  align_columns(tbl)
  share_width(tbl)
  return FORMAT == "typst" and tbl:walk({ Str = breakable }) or tbl
end

local function goes_across(block)
  return block.t == "Div" and block.content:find_if(function(inner)
    return inner.t == "Table" and inner.classes:includes("landscape")
  end)
end

-- The heading of a table that goes across the page goes with it.
function Blocks(blocks)
  for place = #blocks, 2, -1 do
    if goes_across(blocks[place]) and blocks[place - 1].t == "Header" then
      blocks[place].content:insert(1, blocks:remove(place - 1))
    end
  end
  return blocks
end
