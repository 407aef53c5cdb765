package vn.chuanmuc.assessments;

import java.util.Optional;
import java.util.UUID;
import vn.chuanmuc.access.Viewer;

/** Who sits in a meeting about a form. The module that holds meetings brings this as a component; without one nobody does. */
public interface PanelSeats {
    /** The stage of the meeting under way in which the form is presented to the viewer; nobody sits in one about themself. */
    Optional<String> stage(Viewer viewer, UUID formId);
}
