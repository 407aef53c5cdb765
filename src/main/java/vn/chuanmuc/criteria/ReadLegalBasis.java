package vn.chuanmuc.criteria;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/** One "Căn cứ …" or "Xét đề nghị …" as printed, with the number and date of the first document it cites. */
public record ReadLegalBasis(
        String text, @Nullable String number, @Nullable LocalDate date, int line) {}
