"""Starts Odoo with its workers only: nobody chats here, and where gevent is not installed the
process for that would be started again and again beside what is measured.
"""

import odoo.cli
from odoo.service import server

if __name__ == "__main__":
    server.PreforkServer.long_polling_spawn = lambda _server: None
    odoo.cli.main()
