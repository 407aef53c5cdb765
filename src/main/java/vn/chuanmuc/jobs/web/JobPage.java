package vn.chuanmuc.jobs.web;

import vn.chuanmuc.jobs.Job;
import vn.chuanmuc.ui.View;

/** @param result where people see what came of it */
record JobPage(Job job, String result) implements View {
    /** {@code campaigns.launch} is told by {@code campaigns.job.launch}. */
    static String words(Job job) {
        int dot = job.kind().indexOf('.');
        return job.kind().substring(0, dot) + ".job" + job.kind().substring(dot);
    }

    static String tone(Job job) {
        return switch (job.state()) {
            case WAITING, RUNNING -> "info";
            case DONE -> "good";
            case REFUSED, FAILED -> "bad";
            case CANCELLED -> "wait";
        };
    }
}
