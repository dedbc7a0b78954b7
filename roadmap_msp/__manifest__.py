{
    "name": "MSP Client Roadmap",
    "summary": "Plan technology with each client: questionnaire, assets, plan, quotation, meetings",
    "version": "19.0.1.0.0",
    "category": "Sales/CRM",
    "author": "roadmap_msp contributors",
    "license": "LGPL-3",
    "application": True,
    "depends": [
        "account",
        "calendar",
        "crm",
        "mail",
        "portal",
        "portal_rating",
        "product",
        "rating",
        "resource",
        "sale",
        "sale_crm",
        "sale_management",
    ],
    # Data files: one block a concept, in the order in which they need each other; menus last.
    "data": [
        "security/groups.xml",
        "security/ir.model.access.csv",
        "security/client_rules.xml",
        "security/questionnaire_rules.xml",
        "security/plan_rules.xml",
        "security/asset_rules.xml",
        "security/budget_rules.xml",
        "security/sale_rules.xml",
        "security/meeting_rules.xml",
        # data
        "data/client_categories.xml",
        "data/client_crm.xml",
        "data/client_tiers.xml",
        "data/client_outbox_cron.xml",
        "data/client_mail_templates.xml",
        "data/plan_item_templates.xml",
        "data/asset_types.xml",
        "data/asset_lifecycles.xml",
        "data/asset_cron.xml",
        # wizards
        # reports
        # client
        "views/client/roadmap_roadmap_views.xml",
        "views/client/roadmap_tier_views.xml",
        "views/client/roadmap_category_views.xml",
        "views/client/roadmap_link_views.xml",
        "views/client/roadmap_outbox_views.xml",
        # questionnaire
        # plan
        # asset
        "views/asset/roadmap_asset_views.xml",
        "views/asset/roadmap_asset_type_views.xml",
        "views/asset/roadmap_lifecycle_views.xml",
        "views/asset/roadmap_asset_wizard_views.xml",
        "views/asset/roadmap_roadmap_views.xml",
        # budget
        "views/budget/roadmap_contract_views.xml",
        "views/budget/roadmap_forecast_views.xml",
        # meeting
        # native
        "views/native/res_config_settings_views.xml",
        "views/native/crm_lead_views.xml",
        "views/native/res_partner_views.xml",
        "views/native/res_config_settings_asset_views.xml",
        "views/native/sale_order_views.xml",
        # portal
        "views/portal/portal_templates.xml",
        "views/portal/link_templates.xml",
        # menus
        "views/menus.xml",
        "views/client/menus.xml",
        "views/client/link_menus.xml",
        "views/asset/menus.xml",
        "views/budget/menus.xml",
    ],
    "post_init_hook": "post_init_hook",
    "uninstall_hook": "uninstall_hook",
    "demo": [
        "demo/client_staff_demo.xml",
        "demo/client_customers_demo.xml",
        "demo/plan_products_demo.xml",
    ],
    "assets": {
        "web.assets_backend": ["roadmap_msp/static/src/backend/**/*"],
        "web.assets_frontend": ["roadmap_msp/static/src/portal/**/*"],
        "web.assets_tests": ["roadmap_msp/static/tests/tours/**/*"],
        "web.assets_unit_tests": ["roadmap_msp/static/tests/**/*.test.js"],
        "web.assets_unit_tests_setup": ["roadmap_msp/static/src/portal/**/*.js"],
    },
}
