// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/formats/textsource.h"

#include <QDateTime>
#include <QFileInfo>
#include <cerrno>
#include <unicode/ucnv.h>
#include <unicode/ucnv_cb.h>

namespace rollcall {

namespace {

constexpr std::size_t rawBytes = 256 * 1024;
constexpr std::size_t pivotUnits = 16 * 1024;

/// ICU's own substitution writes 0x1A for some code pages; a broken byte must be recognisable in all of them.
void writeReplacement(const void *, UConverterToUnicodeArgs *args, const char *, int32_t,
    UConverterCallbackReason reason, UErrorCode *error)
{
    if (reason > UCNV_IRREGULAR)
        return;
    static constexpr char16_t replacement = 0xFFFD;
    *error = U_ZERO_ERROR;
    ucnv_cbToUWriteUChars(args, &replacement, 1, 0, error);
}

int bomOf(const QByteArray &start, const QByteArray &encoding)
{
    if (encoding == "UTF-8" && start.startsWith("\xEF\xBB\xBF"))
        return 3;
    if ((encoding == "UTF-16LE" && start.startsWith("\xFF\xFE"))
        || (encoding == "UTF-16BE" && start.startsWith("\xFE\xFF")))
        return 2;
    return 0;
}

Failure bad(const QString &path, const QString &detail)
{
    return {.kind = Failure::Kind::BadInput, .detail = detail, .subject = path};
}

Failure cannotOpen(const QFile &file)
{
    const bool forbidden = file.error() == QFileDevice::PermissionsError || errno == EACCES;
    return {.kind = forbidden ? Failure::Kind::ReadOnly : Failure::Kind::Storage,
        .detail = file.errorString(),
        .subject = file.fileName()};
}

} // namespace

void TextSource::Closer::operator()(UConverter *converter) const
{
    ucnv_close(converter);
}

TextSource::~TextSource() = default;

Result<std::unique_ptr<TextSource>> TextSource::open(const QString &path, const QByteArray &encoding)
{
    const QFileInfo info(path);
    if (!info.exists())
        return Failure{.kind = Failure::Kind::NotFound, .subject = path};
    // Asked before opening: to open a FIFO nobody writes to would wait for ever.
    if (!info.isFile())
        return bad(path, QStringLiteral("not-a-file"));
    std::unique_ptr<TextSource> source(new TextSource);
    source->m_file.setFileName(path);
    if (!source->m_file.open(QIODevice::ReadOnly | QIODevice::Unbuffered))
        return cannotOpen(source->m_file);
    source->m_size = source->m_file.size();
    source->m_changedMs = source->m_file.fileTime(QFileDevice::FileModificationTime).toMSecsSinceEpoch();
    if (encoding != "UTF-8") {
        UErrorCode error = U_ZERO_ERROR;
        source->m_converter.reset(ucnv_open(encoding.constData(), &error));
        source->m_utf8.reset(ucnv_open("UTF-8", &error));
        if (U_FAILURE(error))
            return bad(path, QStringLiteral("unknown-encoding"));
        ucnv_setToUCallBack(source->m_converter.get(), writeReplacement, nullptr, nullptr, nullptr, &error);
        source->m_raw.resize(rawBytes);
        source->m_pivot.resize(pivotUnits);
        source->m_pivotSource = source->m_pivotTarget = source->m_pivot.data();
    }
    source->m_bom = bomOf(source->m_file.peek(3), encoding);
    char bom[3];
    if (source->m_bom > 0) {
        const auto skipped = source->readRaw(bom, source->m_bom);
        if (!skipped)
            return skipped.failure();
    }
    return source;
}

Result<qint64> TextSource::readRaw(char *to, qint64 size)
{
    const qint64 got = m_file.read(to, size);
    if (got < 0)
        return Failure{.kind = Failure::Kind::Storage, .detail = m_file.errorString(), .subject = m_file.fileName()};
    if (got > 0)
        m_hash.addData(QByteArrayView(to, got));
    m_read += got;
    // A file that grows for ever (a log) must end too.
    if (got == 0 || m_read > m_size) {
        m_atEnd = got == 0;
        if (m_read != m_size || changedMeanwhile())
            return bad(m_file.fileName(), QStringLiteral("changed-while-read"));
    }
    return got;
}

bool TextSource::changedMeanwhile() const
{
    return m_file.size() != m_size
        || m_file.fileTime(QFileDevice::FileModificationTime).toMSecsSinceEpoch() != m_changedMs;
}

Result<qint64> TextSource::readConverted(char *to, qint64 size)
{
    char *target = to;
    while (target == to && !m_drained) {
        if (m_rawAt == m_rawEnd && !m_atEnd) {
            const auto got = readRaw(m_raw.data(), qint64(m_raw.size()));
            if (!got)
                return got.failure();
            m_rawAt = 0;
            m_rawEnd = *got;
        }
        const char *from = m_raw.data() + m_rawAt;
        UErrorCode error = U_ZERO_ERROR;
        ucnv_convertEx(m_utf8.get(), m_converter.get(), &target, to + size, &from, m_raw.data() + m_rawEnd,
            m_pivot.data(), &m_pivotSource, &m_pivotTarget, m_pivot.data() + m_pivot.size(), false, m_atEnd ? 1 : 0,
            &error);
        m_rawAt = from - m_raw.data();
        if (error == U_BUFFER_OVERFLOW_ERROR)
            break;
        if (U_FAILURE(error))
            return bad(m_file.fileName(), QString::fromLatin1(u_errorName(error)));
        m_drained = m_atEnd && m_rawAt == m_rawEnd;
    }
    return qint64(target - to);
}

Result<qint64> TextSource::read(char *to, qint64 size)
{
    return m_converter ? readConverted(to, size) : readRaw(to, size);
}

QByteArray TextSource::sha256() const
{
    return m_hash.result();
}

} // namespace rollcall
