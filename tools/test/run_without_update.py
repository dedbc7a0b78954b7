"""Odoo's command line, but tests of the addon run at both positions without updating it.

Odoo runs at_install tests only while it installs or updates, which takes longer than the tests.
"""

import sys

import odoo.cli
from odoo.tests import loader

make_suite = loader.make_suite


def make_both_suites(module_names, position="at_install"):
    suite = make_suite(["roadmap_msp"], "at_install")
    suite.addTests(make_suite(["roadmap_msp"], "post_install"))
    return suite


loader.make_suite = make_both_suites
sys.exit(odoo.cli.main())
