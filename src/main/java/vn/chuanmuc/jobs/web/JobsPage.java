package vn.chuanmuc.jobs.web;

import java.util.List;
import vn.chuanmuc.jobs.Job;
import vn.chuanmuc.ui.View;

record JobsPage(List<Job> jobs) implements View {}
