import js from "@eslint/js";
import globals from "globals";

export default [
    {ignores: ["node_modules/", ".dev/", "**/static/lib/"]},
    js.configs.recommended,
    {
        // Odoo loads every file under static/ as a module and resolves @web, @odoo itself.
        files: ["**/static/**/*.js"],
        languageOptions: {
            ecmaVersion: 2024,
            sourceType: "module",
            globals: {...globals.browser, odoo: "readonly"},
        },
        rules: {
            eqeqeq: "error",
            "no-console": "error",
            "no-unused-vars": ["error", {argsIgnorePattern: "^_", caughtErrors: "none"}],
            "no-var": "error",
            "object-shorthand": "error",
            "prefer-const": "error",
        },
    },
];
