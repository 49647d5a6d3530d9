/**
 * Pages say what a thing is (a button, a tag, a table); Tabler says how it looks. This table joins the two: a class of Tabler → the elements
 * and classes of the pages that look like it. The build writes them into Tabler's own rules, without changing how strong a rule is, so a page
 * may use Tabler's classes beside them: `class="btn btn-outline-primary"`.
 */
export const aliases = {
  "btn": "button:not([class*=btn], .plain), .button",
  "btn-primary": "button:not([class*=btn], .plain, .quiet, .grave), .button:not(.quiet, .grave)",
  "btn-danger": "button.grave, .button.grave",
  "btn-sm": "button.quiet, .button.quiet",
  "form-control": "input:not([class*=form-], [type=checkbox], [type=radio], [type=range], [type=hidden]), textarea:not([class*=form-])",
  "form-select": "select:not([class*=form-])",
  "form-check-input": "input:is([type=checkbox], [type=radio]):not([class*=form-])",
  "form-label": ".field > span",
  "form-hint": ".field > small",
  "badge": ".tag",
  "alert": ".refusal, p.done",
  "alert-danger": ".refusal",
  "alert-success": "p.done",
};
