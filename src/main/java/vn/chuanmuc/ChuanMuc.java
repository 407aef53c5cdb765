package vn.chuanmuc;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

@SpringBootApplication
class ChuanMuc {
    static void main(String[] args) {
        SpringApplication.run(ChuanMuc.class, args);
    }
}
