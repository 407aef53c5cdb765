package vn.chuanmuc.commitments;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;
import vn.chuanmuc.office.Layout;

/**
 * The words of a printed commitment that are nobody's in particular: dated data from {@code forms/*.json}. No official form is known
 * (domain.md, 3); when one is issued it is a new file with its day and its legal basis, and what was printed before keeps its own.
 *
 * @param legalBasis empty where there is none
 * @param official whether a body with the authority to has issued it
 * @param issuerBlock the lines on whose papers the unit stands at the upper left
 * @param place what stands for the place until somebody writes it
 */
record PaperForm(
        String id,
        LocalDate validFrom,
        @Nullable LocalDate validTo,
        String legalBasis,
        boolean official,
        String note,
        String numberHeading,
        String wordsHeading,
        String closing,
        String codeLabel,
        List<Layout.Line> issuerBlock,
        String place,
        Signer head,
        Signer person) {

    record Signer(String field, String about, List<String> capacity, String note) {}

    private static final List<PaperForm> ALL = List.of(load("cam-ket-trung-tinh"));

    /** The form in force on a day. */
    static PaperForm at(LocalDate day) {
        return ALL.stream()
                .filter(form ->
                        !day.isBefore(form.validFrom()) && (form.validTo() == null || !day.isAfter(form.validTo())))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no form of a commitment on " + day));
    }

    /** The form a paper was issued with. */
    static PaperForm of(String id) {
        return ALL.stream()
                .filter(form -> form.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("form " + id + " is not shipped any more"));
    }

    private static PaperForm load(String id) {
        var mapper = JsonMapper.builder()
                .disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                .build();
        try (InputStream in = Objects.requireNonNull(PaperForm.class.getResourceAsStream("/forms/" + id + ".json"))) {
            return mapper.readValue(in, PaperForm.class);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
