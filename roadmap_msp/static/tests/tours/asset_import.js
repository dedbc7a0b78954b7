import {inputFiles} from "@web/../tests/utils";
import {registry} from "@web/core/registry";

const EXPORT = `Hostname,Service Tag,Device Class,Manufacturer,Warranty Expiry,Shelf
TOUR-1,TOURA1,Laptop,Dell,2028-05-14,7
TOUR-2,TOURA2,Laptop,Dell,2028-02-30,8
TOUR-3,TOURA3,Laptop,Dell,2028-05-16,9`;

/** A technician imports a file: columns, preview, the good rows, the refused ones as a file. */
registry.category("web_tour.tours").add("roadmap_asset_import", {
    steps: () => [
        {trigger: "button[name='action_import_assets']", run: "click"},
        {
            content: "The client is known, the file is chosen",
            trigger: ".o_field_widget[name='roadmap_id'] input:value(Example)",
            run: () =>
                inputFiles(".o_field_widget[name='file'] input.o_input_file", [
                    new File([EXPORT], "devices.csv", {type: "text/csv"}),
                ]),
        },
        {trigger: ".o_field_widget[name='file'] input:value(devices.csv)"},
        {trigger: "button[name='action_read']", run: "click"},
        {
            content: "Columns are recognised; what nobody knows is left out",
            trigger: ".o_data_row:contains('Service Tag'):contains('Serial Number')",
        },
        {trigger: ".o_data_row:contains('Shelf'):not(:contains('Site'))"},
        {trigger: "button[name='action_preview']:visible", run: "click"},
        {
            content: "The preview names row, value and remedy before anything is stored",
            trigger: ".o_data_row:contains('2028-02-30'):contains('this day does not exist')",
        },
        {trigger: "button[name='action_import']:visible", run: "click"},
        {
            content: "The batches run, and the good rows are there",
            trigger: ".o_arrow_button_current:contains('Done')",
        },
        {trigger: ".alert-success:contains('2')"},
        {trigger: "button[name='action_download_refused']:visible", run: "click"},
        {trigger: "button[name='action_open_assets']:visible", run: "click"},
        {trigger: ".o_list_view .o_data_row:contains('TOUR-3')"},
        {trigger: ".o_list_view:not(:contains('TOUR-2'))"},
    ],
});
