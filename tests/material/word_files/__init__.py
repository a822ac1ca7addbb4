"""Small Word documents, made here part by part, so that what they hold is known."""

import zipfile
from html import escape

SPACE = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml" '
    'xmlns:w15="http://schemas.microsoft.com/office/word/2012/wordml"'
)


def run(text, *, bold=False):
    style = "<w:rPr><w:b/></w:rPr>" if bold else ""
    return f'<w:r>{style}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def begin(number):
    return f'<w:commentRangeStart w:id="{number}"/>'


def end(number):
    return f'<w:commentRangeEnd w:id="{number}"/>{called(number)}'


def called(number):
    return f'<w:r><w:commentReference w:id="{number}"/></w:r>'


def paragraph(*runs):
    return f"<w:p>{''.join(runs)}</w:p>"


def table(*rows):
    cells = [
        "".join(f"<w:tc>{cell if '<' in cell else paragraph(run(cell))}</w:tc>"
                for cell in row)
        for row in rows
    ]  # fmt: skip
    return "<w:tbl>" + "".join(f"<w:tr>{row}</w:tr>" for row in cells) + "</w:tbl>"


def comment(number, author, *lines):
    text = "".join(
        f'<w:p w14:paraId="{number:04}{place:04}">{run(line)}</w:p>'
        for place, line in enumerate(lines)
    )
    return (
        f'<w:comment w:id="{number}" w:author="{escape(author)}" '
        f'w:date="2024-05-06T10:00:00Z">{text}</w:comment>'
    )


def reply(number, lines, to, lines_of_it):
    """Say that a comment replies to another, each known by its last paragraph."""
    own, above = f"{number:04}{lines - 1:04}", f"{to:04}{lines_of_it - 1:04}"
    return f'<w15:commentEx w15:paraId="{own}" w15:paraIdParent="{above}"/>'


def word(path, *body, comments=(), replies=()):
    """Write a document; give its path."""
    whole = f"<w:body>{''.join(body)}</w:body>"
    parts = {
        "document": f"<w:document {SPACE}>{whole}</w:document>",
        "comments": f"<w:comments {SPACE}>{''.join(comments)}</w:comments>",
        "commentsExtended": f"<w15:commentsEx {SPACE}>{''.join(replies)}"
        "</w15:commentsEx>",
    }
    with zipfile.ZipFile(path, "w") as archive:
        for name, xml in parts.items():
            archive.writestr(f"word/{name}.xml", xml)
    return path
