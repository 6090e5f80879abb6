"""Pictures that authors bring along: their size, so that the page need not move for them."""

from io import BytesIO


def size(data: bytes) -> tuple[int, int] | None:
    """Width and height in pixels; None for what is no bitmap, such as SVG."""
    if data.lstrip()[:1] == b"<":
        return None
    from PIL import Image, UnidentifiedImageError

    try:
        with Image.open(BytesIO(data)) as image:
            return image.size
    except (UnidentifiedImageError, OSError, ValueError):
        return None


def attributes(data: bytes) -> str:
    """The attributes that an `<img>` of this picture gets: its size, and to load when near."""
    found = size(data)
    measured = f' width="{found[0]}" height="{found[1]}"' if found else ""
    return f'{measured} loading="lazy" decoding="async"'
