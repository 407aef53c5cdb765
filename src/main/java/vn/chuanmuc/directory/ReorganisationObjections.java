package vn.chuanmuc.directory;

import java.util.Collection;
import java.util.List;
import java.util.UUID;
import vn.chuanmuc.kernel.Reason;

/** What other modules have against units ending: each that knows of something brings this as a component. */
public interface ReorganisationObjections {
    /**
     * @param key stays the same as long as the objection does: whoever approves takes notice of it under this key
     * @param name of the record that is in the way
     * @param why in the way, to be read behind the name
     * @param href where it can be finished
     */
    record Objection(String key, UUID id, String name, Reason why, String href) {}

    /** What is in the way of these units ending; nothing when it may be. */
    List<Objection> against(UUID tenantId, Collection<UUID> endingUnits);
}
