package vn.chuanmuc.access;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import vn.chuanmuc.kernel.Reason;

/**
 * Something that waits for the viewer: what, where to do it, until when.
 *
 * @param due the day it must be done by, or null
 * @param rank smaller comes first among those with the same date
 */
public record Todo(Reason what, String href, @Nullable LocalDate due, int rank) {}
