package vn.chuanmuc.documents.web;

import java.util.Map;
import java.util.UUID;
import vn.chuanmuc.documents.NumberBook.Book;
import vn.chuanmuc.documents.NumberBook.BookLine;
import vn.chuanmuc.ui.AsOf;
import vn.chuanmuc.ui.Dated;
import vn.chuanmuc.ui.Paging;

/** The book of outgoing papers of one run: every number with its paper, also of those that count no more. */
record NumberBookPage(Book book, Map<UUID, String> names, Paging paging, AsOf asOf) implements Dated {
    String by(BookLine line) {
        return names.getOrDefault(line.by(), "");
    }
}
