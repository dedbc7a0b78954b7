"""What each case compares, for the page of the benchmarks: {ids, `*` for any end: words}."""

from fnmatch import fnmatch
from textwrap import fill

COMPARED = {
    "questionnaire.save60": "60 answers on one page, as the portal stores them, against the page"
    " of a `survey`.",
    "questionnaire.change1": "survey has no way to change one answer; its page is submitted again.",
    "questionnaire.fill210": "21 pages of ten answers, one after the other, against the same in"
    " `survey`.",
    "questionnaire.submit": "a full run of 295 questions handed in, with its score, findings and"
    " activities: beside 500 runs of others against alone.",
    "questionnaire.submit_again": "a third run, all of whose findings were resolved by the second"
    " and open again, against a first one.",
    "questionnaire.map*, questionnaire.others500": "scores of many runs against the plain SQL of"
    " the same figures, which applies no record rules and gives rows where ours gives what the"
    " page draws.",
    "questionnaire.results500": "what the pivot of scores asks when it opens, against the plain"
    " SQL.",
    "portal.save1*": "one answer, by login or personal link, against the call with which Odoo's"
    " web client writes one field of a contact. Whole requests to Odoo's WSGI application and"
    " their transactions, but no network; so in all of `portal.*`.",
    "portal.page60*": "a page of 60 questions against one of ten.",
    "portal.visit1000": "the same visit in two databases, one of which holds 2,000 full runs of"
    " others.",
    "asset.create1000": "1,000 devices by a plain `create()` against `maintenance.equipment`, most"
    " of whose time is its chatter; our assets write none at creation.",
    "asset.load1000": "leaves the chatter out on both sides, as Odoo's import does: ours then"
    " stores twice as many rows and checks more.",
    "asset.import10000": "the import of 10,000 rows that were read, from names to assets, against"
    " Odoo's `load()` of the same columns into `maintenance.equipment`.",
    "asset.import10000copy": "the same against COPY into a table of text and one INSERT that joins"
    " by name and leaves out duplicates, into the table of our assets; it judges no cell.",
    "asset.import_growth": "10,000 rows against 1,000.",
    "asset.import_beside": "10,000 rows beside 100,000 assets of others against alone.",
    "asset.import50000": "the most memory of a process of its own that reads a file of 50,000 rows"
    " and imports it; the reference is the limit.",
    "register.status, register.counts": "the question as the web client asks it, with record"
    " rules, against the same in SQL on the base table.",
    "register.due_all": "the first 80 rows over all clients and how many there are, against the"
    " same in SQL.",
    "register.warranty, register.support": "a status searched over all clients, every asset that"
    " has it, against the same in SQL.",
    "register.due": "one client's list beside 1,000 clients of 100 devices against beside ten.",
    "register.night": "the nightly job over 1,000 clients, none of whose warranties were told"
    " before, in its own batches; the reference is `register.status` in SQL, for scale.",
    "register.night_batch": "one batch of that job where two follow each other, against one alone.",
    "register.night_again": "that job started anew after it was stopped half way, against the"
    " whole.",
    "quote.lines*": "items of two lines each, quoted in one click, against Odoo's `create()` of the"
    " same order without our links.",
    "quote.batch*": "what one quotation of many costs, as the job makes them for 25 clients at"
    " once, against one from a click of its own.",
    "quote.confirm*": "an order of recurring lines from items against a copy of it without links.",
    "forecast.curve.*, forecast.all": "five years by quarter and technology area of all clients"
    " against SQL on the base tables that does the same sums; both must come to the same figures.",
    "forecast.growth.*": "what 1,000 devices of many cost against what 1,000 of 10,000 cost.",
    "forecast.page": "one client's page of five years beside 1,000 clients against beside ten.",
    "budget.workbook10000": "the spreadsheet of 10,000 lines with its sums, formulas and charts"
    " against xlsxwriter writing the same rows in constant memory.",
    "budget.memory": "what Python holds at most while it writes 40,000 lines against 10,000.",
    "budget.book": "the roadmap book of 30 pages before rendering, against one of a client with"
    " little.",
    "plan.board": "what the web client asks when the board of one client opens; no reference.",
    "plan.board_all": "the same over all clients, 40 cards a lane, against lanes and cards in SQL.",
    "meeting.prepare": "the page that prepares a meeting; the reference is one read of the client,"
    " for scale.",
    "meeting.plan, meeting.plan1000": "the next meeting of clients that have none, with booking"
    " activity and agenda, against Odoo's `create()` of those activities alone.",
    "meeting.plan_again": "the whole daily job of planning where it has nothing to do, with 1,000"
    " clients against 200.",
    "program.page": "all figures with trends, targets and the records behind them, against the"
    " figures alone in SQL.",
    "program.clients": "the same page with 1,000 clients against ten.",
    "program.health": "the nightly health of all clients against its facts in SQL and one UPDATE.",
    "day.rows500": "My day of one person against its three lists in SQL.",
    "host.*": "Odoo's own work on records without a roadmap, with the addon installed against"
    " without.",
}


def lines():
    """A list in Markdown, folded as the page is."""
    rows = []
    for ids, words in COMPARED.items():
        named = ", ".join(f"`{name}`" for name in ids.split(", "))
        rows += fill(
            f"- {named}: {words}", 100, subsequent_indent="  ", break_on_hyphens=False
        ).splitlines()
    return rows


def unexplained(cases):
    """Ids of cases of which nothing says what they compare."""
    patterns = [name for ids in COMPARED for name in ids.split(", ")]
    return [case for case in cases if not any(fnmatch(case, name) for name in patterns)]
