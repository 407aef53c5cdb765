package vn.chuanmuc.signing;

import eu.europa.esig.dss.enumerations.DigestAlgorithm;
import eu.europa.esig.dss.model.DSSException;
import eu.europa.esig.dss.model.TimestampBinary;
import eu.europa.esig.dss.spi.x509.tsp.TSPSource;
import java.io.IOException;
import java.math.BigInteger;
import java.security.SecureRandom;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.tsp.TSPException;
import org.bouncycastle.tsp.TimeStampRequest;
import org.bouncycastle.tsp.TimeStampRequestGenerator;
import org.bouncycastle.tsp.TimeStampResponse;

/** Time stamps by RFC 3161: the request is made here, the answer is held against it. */
final class Stamps implements TSPSource {
    /** How a request gets to the service and its answer back; both are DER. */
    @FunctionalInterface
    interface Line {
        byte[] ask(byte[] request) throws IOException;
    }

    private static final SecureRandom RANDOM = new SecureRandom();

    private final transient Line line;

    Stamps(Line line) {
        this.line = line;
    }

    @Override
    public TimestampBinary getTimeStampResponse(DigestAlgorithm algorithm, byte[] digest) {
        var generator = new TimeStampRequestGenerator();
        generator.setCertReq(true);
        try {
            TimeStampRequest request = generator.generate(
                    new ASN1ObjectIdentifier(algorithm.getOid()), digest, new BigInteger(63, RANDOM));
            var response = new TimeStampResponse(line.ask(request.getEncoded()));
            response.validate(request);
            if (response.getTimeStampToken() == null) {
                throw new StampFailure("refused: " + response.getStatusString());
            }
            return new TimestampBinary(response.getTimeStampToken().getEncoded());
        } catch (IOException | TSPException e) {
            throw new StampFailure(e);
        }
    }

    /** There is no time stamp now; there may be one later. */
    static final class StampFailure extends DSSException {
        StampFailure(String message) {
            super(message);
        }

        StampFailure(Throwable cause) {
            super(cause);
        }
    }
}
