// SPDX-License-Identifier: GPL-3.0-or-later
// Headers written by hand from the specifications: PNG 11.2.2, ITU-T T.81 B.2.2, RFC 9649.
#include "models/formats/imageformat.h"

#include <QTest>

using namespace rollcall;

namespace {

QByteArray hex(const char *text)
{
    return QByteArray::fromHex(text);
}

QByteArray png(const char *widthAndHeight)
{
    return hex("89504e470d0a1a0a 0000000d 49484452") + hex(widthAndHeight) + hex("08 06 00 00 00");
}

QByteArray riff(const QByteArray &chunk)
{
    return "RIFF" + hex("64000000") + "WEBP" + chunk;
}

} // namespace

class ImageFormatTest final : public QObject {
    Q_OBJECT

private slots:
    void readsTheThree_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<ImageFormat>("format");
        QTest::addColumn<int>("width");
        QTest::addColumn<int>("height");
        QTest::newRow("png") << png("00000280 000001e0") << ImageFormat::Png << 640 << 480;
        const QByteArray frame = hex("ffc0 0011 08 01e0 0280 03 012200 021101 031101");
        QTest::newRow("jpeg baseline") << hex("ffd8 ffe0 0010 4a46494600 0101 00 0001 0001 0000") + frame
                                       << ImageFormat::Jpeg << 640 << 480;
        QTest::newRow("jpeg progressive behind fill bytes and a restart mark")
            << hex("ffd8 ffffff db 0004 0000 ffd0 ffc2 000b 08 0010 0020 01 011100") << ImageFormat::Jpeg << 32 << 16;
        // A Huffman table (FFC4) has the look of a frame header and is none.
        QTest::newRow("jpeg with a table in front")
            << hex("ffd8 ffc4 0008 00 ffff ffff 00") + frame << ImageFormat::Jpeg << 640 << 480;
        QTest::newRow("webp lossy") << riff("VP8 " + hex("20000000 300100 9d012a 8002 e001")) << ImageFormat::Webp
                                    << 640 << 480;
        // The upper two bits of each are a scale, not a size.
        QTest::newRow("webp lossy, scaled")
            << riff("VP8 " + hex("20000000 300100 9d012a 8042 e081")) << ImageFormat::Webp << 640 << 480;
        // 639 | 479 << 14 = 0x0077c27f, least byte first.
        QTest::newRow("webp lossless") << riff("VP8L" + hex("20000000 2f 7fc27700")) << ImageFormat::Webp << 640 << 480;
        QTest::newRow("webp extended") << riff("VP8X" + hex("0a000000 10 000000 7f0200 df0100")) << ImageFormat::Webp
                                       << 640 << 480;
    }
    void readsTheThree()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(ImageFormat, format);
        QFETCH(int, width);
        QFETCH(int, height);
        const auto header = readImageHeader(bytes);
        QVERIFY2(header.ok(), header ? "" : qPrintable(header.failure().detail));
        QVERIFY(*header == (ImageHeader{format, width, height}));
        // Cut anywhere, it is refused or reads the same; never anything else.
        for (qsizetype length = 0; length < bytes.size(); ++length) {
            const auto cut = readImageHeader(bytes.first(length));
            QVERIFY(!cut || *cut == *header);
        }
    }

    void refusesWhatIsNone_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::newRow("nothing") << QByteArray();
        QTest::newRow("svg") << QByteArray("<svg xmlns='http://www.w3.org/2000/svg' width='4' height='4'/>");
        QTest::newRow("svg behind a byte order mark") << QByteArray("\xef\xbb\xbf<?xml version='1.0'?><svg/>");
        QTest::newRow("gif") << QByteArray("GIF89a\x01\x00\x01\x00");
        QTest::newRow("html") << QByteArray("<!DOCTYPE html>");
        QTest::newRow("riff of another kind") << QByteArray("RIFF\x64\x00\x00\x00WAVEfmt ", 16);
        QTest::newRow("png without a header chunk") << hex("89504e470d0a1a0a 0000000d 49444154 00000001 00000001");
        QTest::newRow("png of no width") << png("00000000 00000001");
        QTest::newRow("jpeg that ends at once") << hex("ffd8 ffd9");
        QTest::newRow("jpeg whose picture comes before its frame") << hex("ffd8 ffda 0004 0000 ffc0 0011 08 0001 0001");
        QTest::newRow("jpeg with its height behind the picture") << hex("ffd8 ffc0 000b 08 0000 0020 01 011100");
        QTest::newRow("jpeg segment shorter than its length") << hex("ffd8 ffe0 0001 ffc0 000b 08 0010 0020 01 011100");
        QTest::newRow("webp of an unknown chunk") << riff("ANIM" + hex("06000000 00000000 0000"));
        QTest::newRow("webp lossy without its start code") << riff("VP8 " + hex("20000000 300100 000000 8002 e001"));
        QTest::newRow("webp lossless without its signature") << riff("VP8L" + hex("20000000 00 7fc27700"));
    }
    void refusesWhatIsNone()
    {
        QFETCH(QByteArray, bytes);
        const auto header = readImageHeader(bytes);
        QVERIFY(!header);
        QCOMPARE(header.failure().kind, Failure::Kind::BadInput);
    }

    void refusesBombs()
    {
        QVERIFY(readImageHeader(png("00001f40 00001388"))); // 8000 x 5000 = 40 megapixels
        for (const char *size : {"00001f41 00001388", "00007530 00007530", "ffffffff ffffffff", "7fffffff 00000002"}) {
            const auto header = readImageHeader(png(size));
            QVERIFY(!header);
            QCOMPARE(header.failure().kind, Failure::Kind::TooLarge);
        }
        QCOMPARE(readImageHeader(hex("ffd8 ffc0 000b 08 ffff ffff 01 011100")).failure().kind, Failure::Kind::TooLarge);
        QCOMPARE(readImageHeader(riff("VP8X" + hex("0a000000 10 000000 ffffff ffffff"))).failure().kind,
            Failure::Kind::TooLarge);
    }

    void namesItsDecoder()
    {
        QCOMPARE(decoderOf(ImageFormat::Jpeg), "jpeg");
        QCOMPARE(decoderOf(ImageFormat::Png), "png");
        QCOMPARE(decoderOf(ImageFormat::Webp), "webp");
    }
};

QTEST_GUILESS_MAIN(ImageFormatTest)
#include "imageformat_test.moc"
