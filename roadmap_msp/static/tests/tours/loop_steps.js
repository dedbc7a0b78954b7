/** Steps that several tours of the loop share. */

/** Wait until the open form is in this state. */
export const stateIs = (state) => ({
    content: `The record is ${state}`,
    trigger: `.o_statusbar_status [data-value='${state}'].o_arrow_button_current`,
});

/** Tick every row of the list that is open. */
export const selectAll = () => ({
    content: "Select every row",
    trigger: "thead .o_list_record_selector input",
    run: "click",
});

/** Tick the row with these words. */
export const selectRow = (words) => ({
    content: `Select ${words}`,
    trigger: `.o_data_row:contains(${words}) .o_list_record_selector input`,
    run: "click",
});

/** Press a button of the list's header. */
export const listButton = (name) => ({
    content: `Press ${name} for the selected rows`,
    trigger: `.o_control_panel button[name='${name}']`,
    run: "click",
});
