package vn.chuanmuc.directory.web;

import java.util.List;
import vn.chuanmuc.office.TableDocument.Kind;
import vn.chuanmuc.office.TemplateSheet;

/** The empty list of people an office downloads, fills in and uploads. */
final class PeopleTemplate {
    private static final int ROWS = 500;

    private PeopleTemplate() {}

    static TemplateSheet of(Words words, List<String> blocs) {
        List<String> kinds = List.of("Cán bộ", "Công chức", "Viên chức", "Người lao động");
        return new TemplateSheet(
                words.of("directory.template.title"),
                words.of("directory.template.sheet"),
                List.of(words.of("directory.template.title")),
                words.of("directory.template.note"),
                List.of(
                        new TemplateSheet.Field("STT", 8, Kind.TEXT, "Ví dụ", List.of()),
                        new TemplateSheet.Field("Họ và tên", 30, Kind.TEXT, "Nguyễn Văn Mẫu", List.of()),
                        new TemplateSheet.Field("Ngày sinh", 14, Kind.TEXT, "05/02/1980", List.of()),
                        new TemplateSheet.Field(
                                "Chức vụ/Vị trí việc làm", 34, Kind.TEXT, "Công chức Tư pháp – hộ tịch", List.of()),
                        new TemplateSheet.Field("Đơn vị", 26, Kind.TEXT, "", List.of()),
                        new TemplateSheet.Field("Khối", 26, Kind.TEXT, "", blocs),
                        new TemplateSheet.Field("Loại", 18, Kind.TEXT, "Công chức", kinds),
                        new TemplateSheet.Field("Số hiệu", 14, Kind.TEXT, "", List.of()),
                        new TemplateSheet.Field("Thứ tự", 10, Kind.TEXT, "", List.of()),
                        new TemplateSheet.Field("Ghi chú", 26, Kind.TEXT, "", List.of())),
                ROWS,
                words.of("directory.template.help"),
                words.of("directory.template.instructions").lines().toList());
    }
}
