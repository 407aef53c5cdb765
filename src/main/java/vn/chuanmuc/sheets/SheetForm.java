package vn.chuanmuc.sheets;

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
 * The words of a printed assessment form that are nobody's in particular: dated data from {@code forms/*.json}. No official form is
 * known; when one is issued it is a new file with its day and its legal basis, and what was printed before keeps its own.
 *
 * @param legalBasis empty where there is none
 * @param official whether a body with the authority to has issued it
 * @param opening how to tick; {@code whole}: before the room for a remark about the whole
 * @param issuerBlock the lines on whose papers the unit stands at the upper left
 * @param place what stands for the place until somebody writes it
 */
record SheetForm(
        String id,
        LocalDate validFrom,
        @Nullable LocalDate validTo,
        String legalBasis,
        boolean official,
        String note,
        String title,
        String numberHeading,
        String wordsHeading,
        String remark,
        Facts facts,
        String raterOf,
        String noBasis,
        String opening,
        String whole,
        String closing,
        String codeLabel,
        List<Layout.Line> issuerBlock,
        String place,
        Signer self,
        Signer other) {

    record Facts(
            String stage, String person, String position, String days, String rater, String rules, String handing) {}

    record Signer(String field, String about, List<String> capacity, String note) {}

    private static final List<SheetForm> ALL = List.of(load("phieu-danh-gia-trung-tinh"));

    /** The form in force on a day. */
    static SheetForm at(LocalDate day) {
        return ALL.stream()
                .filter(form ->
                        !day.isBefore(form.validFrom()) && (form.validTo() == null || !day.isAfter(form.validTo())))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no form of an assessment on " + day));
    }

    private static SheetForm load(String id) {
        var mapper = JsonMapper.builder()
                .disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                .build();
        try (InputStream in = Objects.requireNonNull(SheetForm.class.getResourceAsStream("/forms/" + id + ".json"))) {
            return mapper.readValue(in, SheetForm.class);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
