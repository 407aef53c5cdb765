package vn.chuanmuc.directory.web;

import java.util.List;
import vn.chuanmuc.directory.Reorganisations.Choice;
import vn.chuanmuc.ui.View;

/** What a field of a draft proposes while somebody types. */
record ReorganisationSuggestions(List<Choice> choices) implements View {}
