package vn.chuanmuc.petitions.web;

import java.time.LocalDate;
import java.util.List;
import vn.chuanmuc.petitions.PetitionLists.Own;
import vn.chuanmuc.ui.View;

/** What somebody filed, and what waits for them about petitions. @param records whether they enter petitions on paper */
record OwnPage(List<Own> all, boolean official, boolean records, LocalDate today) implements View {
    List<Own> waiting() {
        return all.stream().filter(own -> own.part().waits()).toList();
    }

    List<Own> mine() {
        return all.stream().filter(own -> !own.part().waits()).toList();
    }

    boolean over(Own own) {
        return own.due() != null && own.due().isBefore(today);
    }
}
