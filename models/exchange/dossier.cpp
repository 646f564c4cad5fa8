// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/exchange/dossier.h"

#include <QBuffer>
#include <QPageSize>
#include <QPdfWriter>
#include <QSaveFile>
#include <QTextDocument>

namespace rollcall {

namespace {

/// Escaped; bidi controls are shown as marks, so that no name can turn the line round.
QString shown(const QString &text)
{
    QString safe;
    for (const QChar c : text) {
        const char16_t code = c.unicode();
        const bool bidi = code == 0x061c || code == 0x200e || code == 0x200f || (code >= 0x202a && code <= 0x202e)
            || (code >= 0x2066 && code <= 0x2069);
        if (bidi)
            safe += QStringLiteral("[U+%1]").arg(int(code), 4, 16, QLatin1Char('0')).toUpper();
        else if (c == u'\n' || c == u'\r' || c == u'\t' || code >= 0x20)
            safe += c;
    }
    return safe.toHtmlEscaped().replace(u'\n', QStringLiteral("<br>"));
}

QString cell(const char *tag, const QString &text)
{
    return u'<' + QLatin1String(tag) + QStringLiteral(" dir=\"auto\">") + shown(text) + QStringLiteral("</")
        + QLatin1String(tag) + u'>';
}

QString tableOf(const DossierPage::Section &section)
{
    if (section.rows.empty())
        return QStringLiteral("<p>") + shown(section.none) + QStringLiteral("</p>\n");
    QString html = QStringLiteral("<table border=\"1\" cellspacing=\"0\" cellpadding=\"4\" width=\"100%\">\n");
    if (!section.columns.isEmpty()) {
        html += QStringLiteral("<thead><tr>");
        for (const QString &column : section.columns)
            html += cell("th", column);
        html += QStringLiteral("</tr></thead>\n");
    }
    for (const QStringList &row : section.rows) {
        html += QStringLiteral("<tr>");
        for (qsizetype at = 0; at < row.size(); ++at)
            html += cell(section.columns.isEmpty() && at == 0 ? "th" : "td", row.at(at));
        html += QStringLiteral("</tr>\n");
    }
    return html + QStringLiteral("</table>\n");
}

Failure failed(const QSaveFile &file)
{
    const QFileDevice::FileError error = file.error();
    const bool full = error == QFileDevice::ResourceError || error == QFileDevice::WriteError;
    const bool forbidden = error == QFileDevice::PermissionsError || error == QFileDevice::OpenError;
    return {.kind = full ? Failure::Kind::DiskFull
            : forbidden  ? Failure::Kind::ReadOnly
                         : Failure::Kind::Storage,
        .detail = file.errorString(),
        .subject = file.fileName()};
}

QByteArray pdfOf(const DossierPage &page)
{
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    {
        QPdfWriter writer(&buffer);
        writer.setPageSize(QPageSize(QPageSize::A4));
        writer.setResolution(96);
        writer.setTitle(page.title);
        writer.setCreator(QStringLiteral("Rollcall"));
        QTextDocument document;
        document.setHtml(QString::fromUtf8(dossierHtml(page)));
        document.setPageSize(QSizeF(writer.width(), writer.height()));
        document.print(&writer);
    }
    return bytes;
}

} // namespace

QByteArray dossierHtml(const DossierPage &page)
{
    QString html = QStringLiteral("<!DOCTYPE html>\n<html><head><meta charset=\"utf-8\"><title>") + shown(page.title)
        + QStringLiteral(
            "</title>\n<style>body{font-family:sans-serif;font-size:10pt}h1{font-size:16pt}h2{font-size:12pt}"
            "table{border-collapse:collapse}th{text-align:left}</style></head><body>\n<h1 dir=\"auto\">")
        + shown(page.title) + QStringLiteral("</h1>\n<p>") + shown(page.subtitle) + QStringLiteral("</p>\n");
    for (const DossierPage::Section &section : page.sections)
        html += QStringLiteral("<h2>") + shown(section.title) + QStringLiteral("</h2>\n") + tableOf(section);
    html += QStringLiteral("<p>") + shown(page.footer) + QStringLiteral("</p>\n</body></html>\n");
    return html.toUtf8();
}

Done writeDossier(const DossierPage &page, const QString &file)
{
    const bool pdf = file.endsWith(QLatin1String(".pdf"), Qt::CaseInsensitive);
    const QByteArray bytes = pdf ? pdfOf(page) : dossierHtml(page);
    QSaveFile out(file);
    if (!out.open(QIODevice::WriteOnly))
        return failed(out);
    out.setPermissions(QFileDevice::ReadOwner | QFileDevice::WriteOwner);
    if (out.write(bytes) != bytes.size() || !out.commit())
        return failed(out);
    return Nothing{};
}

} // namespace rollcall
