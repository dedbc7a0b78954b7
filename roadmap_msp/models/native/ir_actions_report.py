import functools
import io

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen import canvas

from odoo import models
from odoo.tools import file_path
from odoo.tools.pdf import PdfFileReader, PdfFileWriter

# Points: the foot of a page stands this far from its edges.
LEFT, BOTTOM, SIZE = 34, 22, 7.5
FONT = "web/static/fonts/google/Open_Sans/Open_Sans-Regular.ttf"


@functools.cache
def foot_font():
    """A font with the letters of most of Europe, which those built into every PDF reader lack."""
    font = TTFont("roadmap_foot", file_path(FONT))
    pdfmetrics.registerFont(font)
    return font


class IrActionsReport(models.Model):
    """Page numbers on documents for clients, whatever the wkhtmltopdf.

    An unpatched one (Debian's) prints neither header nor footer, so that the head of these
    documents stands in their body and their foot is written onto the finished pages.
    """

    _inherit = "ir.actions.report"

    def _roadmap_pdf(self, report, document, client):
        """The PDF of one document for a client, as bytes, in the client's language."""
        document.ensure_one()
        local = self.with_context(lang=client.lang or self.env.lang)
        return local._render_qweb_pdf(report, document.ids)[0]

    def _get_numbered_reports(self):
        """Names of the reports whose pages are numbered; a hook."""
        return {
            "roadmap_msp.report_roadmap_book",
            "roadmap_msp.report_roadmap_budget",
            "roadmap_msp.report_roadmap_decision",
            "roadmap_msp.report_roadmap_proposal",
        }

    def _render_qweb_pdf_prepare_streams(self, report_ref, data, res_ids=None):
        streams = super()._render_qweb_pdf_prepare_streams(report_ref, data, res_ids=res_ids)
        report = self._get_report(report_ref)
        if report.report_name in self._get_numbered_reports():
            for res_id, values in streams.items():
                if values["stream"] and not values["attachment"]:
                    name = self._get_page_name(report.model, res_id)
                    values["stream"] = self._number_pages(values["stream"], name)
        return streams

    def _get_page_name(self, model, res_id):
        """The firm that made the document."""
        record = self.env[model].browse(res_id or ()).sudo()
        return record.company_id.name or "" if "company_id" in record else ""

    def _number_pages(self, stream, name):
        """A PDF with the name and "2 / 9" at the foot of each page; anything else as it is."""
        content = stream.getvalue()
        if not content.startswith(b"%PDF"):
            return stream
        pages = PdfFileReader(io.BytesIO(content), strict=False)
        count = pages.getNumPages()
        foot, font = io.BytesIO(), foot_font()
        # A letter that the font lacks would be an empty box.
        name = "".join(sign if ord(sign) in font.face.charToGlyph else "?" for sign in name)
        pen = canvas.Canvas(foot)
        for number in range(count):
            box = pages.getPage(number).mediaBox
            width, height = float(box.getWidth()), float(box.getHeight())
            pen.setPageSize((width, height))
            pen.setFont(font.fontName, SIZE)
            pen.setFillGray(0.45)
            pen.drawString(LEFT, BOTTOM, name)
            pen.drawRightString(width - LEFT, BOTTOM, f"{number + 1} / {count}")
            pen.showPage()
        pen.save()
        feet, numbered = PdfFileReader(foot, strict=False), PdfFileWriter()
        for number in range(count):
            page = pages.getPage(number)
            page.mergePage(feet.getPage(number))
            numbered.addPage(page)
            self._shrink_page(numbered.getPage(number))
        result = io.BytesIO()
        numbered.write(result)
        stream.close()
        return result

    def _shrink_page(self, page):
        """Pack a page's content again: merging unpacked it, and these files go out by mail."""
        # One name in PyPDF2 1, the other in what followed.
        shrink = getattr(page, "compress_content_streams", None)
        (shrink or page.compressContentStreams)()
