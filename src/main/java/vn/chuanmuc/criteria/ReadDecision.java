package vn.chuanmuc.criteria;

import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A decision as a text says it. Parts that were not found are null or empty, and a {@link Doubt} says so.
 *
 * @param citations every number and date the text (or another source) gives for this decision, in order of appearance
 * @param numbers distinct normalised numbers, the best supported first; one entry does not mean that it is certain
 * @param dates distinct possible dates, the best supported first
 * @param recipients "Nơi nhận", as printed without bullets
 * @param authority for whom the signer signs, such as "T/M BAN THƯỜNG VỤ"
 */
public record ReadDecision(
        @Nullable Printed type,
        @Nullable Printed subject,
        @Nullable Printed issuer,
        List<Citation> citations,
        List<String> numbers,
        List<LocalDate> dates,
        List<ReadLegalBasis> legalBases,
        List<ReadArticle> articles,
        ReadEffect effect,
        List<Printed> recipients,
        @Nullable Printed authority,
        @Nullable Printed signerTitle,
        @Nullable Printed signer,
        List<ReadSet> sets) {
    public ReadDecision {
        citations = List.copyOf(citations);
        numbers = List.copyOf(numbers);
        dates = List.copyOf(dates);
        legalBases = List.copyOf(legalBases);
        articles = List.copyOf(articles);
        recipients = List.copyOf(recipients);
        sets = List.copyOf(sets);
    }
}
