{
    "name": "Bare route of the load test",
    "summary": "One field of one row by the ORM: the least that saving can cost",
    "version": "19.0.1.0.0",
    "author": "roadmap_msp contributors",
    "license": "LGPL-3",
    "depends": ["web"],
    "data": ["security/ir.model.access.csv", "security/rules.xml"],
    "installable": True,
}
