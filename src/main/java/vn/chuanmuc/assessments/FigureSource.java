package vn.chuanmuc.assessments;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Where figures about a person's work come from: how satisfied citizens are, what was done in time. A module that measures one
 * brings this as a component; a figure is brought into a form as it stands there, and never typed. While no module brings one,
 * the page says that there is none.
 */
public interface FigureSource {
    /** What is known of a person's days from one day to another, both included: of each index and day what stands now. */
    List<Figure> of(UUID tenantId, UUID personId, LocalDate from, LocalDate to);

    /** Which of these figures stand no more, and what does. One that was brought in anew with the same value is not among them. */
    Map<UUID, Change> changed(UUID tenantId, Collection<UUID> figures);

    /**
     * A figure that was put right or taken back.
     *
     * @param now what stands of the same index and day, with its unit; null: nothing does
     * @param at since when
     */
    record Change(@Nullable String now, Instant at) {}

    /**
     * @param id of this very figure: what is put in its place later has another
     * @param code which index, for ever the same; as rule books name it
     * @param title what it is, in words
     * @param value as people read it, with its unit: “92,5 %”, “14 trên 15 hồ sơ”
     * @param on the day it is of
     * @param source the document it was taken from, in words
     */
    record Figure(UUID id, String code, String title, String value, LocalDate on, String source) {}
}
