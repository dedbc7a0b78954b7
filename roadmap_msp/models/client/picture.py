from PIL.Image import DecompressionBombError

from odoo.exceptions import UserError
from odoo.tools.image import base64_to_image


def is_picture(content):
    """Whether this base64 text is an image; as a signature anything else proves nothing."""
    try:
        return bool(content and base64_to_image(content))
    except (UserError, ValueError, SyntaxError, DecompressionBombError):
        return False
