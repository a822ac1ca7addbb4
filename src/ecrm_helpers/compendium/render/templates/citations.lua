-- A mention of a work becomes a citation, which pandoc's citeproc writes out.

local function cite(span)
  if span.classes:includes("citation") then
    return pandoc.Cite({}, { pandoc.Citation(span.attributes.cites, "NormalCitation") })
  end
end

-- Works that only a table mentions have no footnote, and stand in the list.
function Pandoc(doc)
  local only_listed = pandoc.Inlines({})
  doc = doc:walk({ Div = function(div)
    if not div.classes:includes("nocite") then return end
    div:walk({ Span = function(span) only_listed:insert(cite(span)) end })
    return pandoc.Blocks({})
  end })
  doc.meta.nocite = pandoc.MetaInlines(only_listed)
  return doc:walk({ Span = cite })
end
