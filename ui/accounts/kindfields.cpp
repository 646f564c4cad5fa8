// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/accounts/kindfields.h"

#include "ui/text/words.h"

#include <QStringList>
#include <algorithm>

namespace rollcall {

/// 360dialog and its parent: one language, two addresses and keys.
KindFields KindFields::ofMeta(GatewayKind kind)
{
    KindFields f;
    f.checks = false;
    f.calls = tr("People will be blocked at %1/block_users, and cards sent at %1/messages. It cannot check numbers.");
    if (kind == GatewayKind::CloudApi) {
        f.address = QStringLiteral("https://graph.facebook.com/v21.0/");
        f.addressHint = tr("Meta's address with the phone number id behind it: https://graph.facebook.com/v21.0/….");
        f.secret = tr("Access &token");
        f.secretHint = tr("Of a system user, from Meta's Business Manager; choose one that does not expire.");
        f.secretMissing = tr("The account needs an access token of Meta's.");
        return f;
    }
    f.address = QStringLiteral("https://waba-v2.360dialog.io");
    f.addressHint = tr("360dialog's own address is https://waba-v2.360dialog.io.");
    f.secret = tr("A&PI key");
    f.secretHint = tr("One key a number, from 360dialog's hub.");
    f.secretMissing = tr("The account needs the API key of the number at 360dialog.");
    return f;
}

KindFields KindFields::of(GatewayKind kind)
{
    KindFields f;
    switch (kind) {
    case GatewayKind::OnPrem:
        f.login = true;
        f.addressHint = tr("As the node's operator gave it to you; it ends in /v1.");
        f.calls = tr("Numbers will be checked at %1/contacts.");
        f.secret = tr("&Password");
        f.secretMissing = tr("The account needs the password of the node.");
        break;
    case GatewayKind::SendApi:
        f.address = QStringLiteral("https://sendapi.co/v1");
        f.addressHint = tr("sendapi's own address is https://sendapi.co/v1.");
        f.calls = tr("Numbers will be checked and contacts listed at %1/whatsapp/contacts.");
        f.sender = tr("&Session id");
        f.senderHint = tr("Of the connected phone, from Sessions in sendapi's dashboard, such as sess_01H8….");
        f.senderMissing = tr("The account needs the session id from sendapi's dashboard.");
        f.secret = tr("A&PI key");
        f.secretSample = QStringLiteral("sk_live_…");
        f.secretHint = tr("From API keys in sendapi's dashboard.");
        f.secretMissing = tr("The account needs an API key of sendapi.");
        break;
    case GatewayKind::CommBox:
        f.address = QStringLiteral("https://api.commbox.io");
        f.addressHint = tr("CommBox's own address is https://api.commbox.io.");
        f.calls = tr("Numbers will be checked at %1/whatsapp/validatecontact.");
        f.sender = tr("&Stream id");
        f.senderHint = tr("As shown under the channel's name in CommBox's console; with %3d%3d or == at its end.");
        f.senderMissing = tr("The account needs the stream id of the WhatsApp channel.");
        f.secret = tr("A&PI key");
        f.secretHint = tr("From Settings, API in CommBox's console. Keys there are replaced on a schedule: the old one "
                          "works for 30 more days.");
        f.secretMissing = tr("The account needs an API key of CommBox.");
        break;
    case GatewayKind::Wawp:
        f.address = QStringLiteral("https://api.wawp.net");
        f.addressHint = tr("Wawp's own address is https://api.wawp.net.");
        f.calls = tr("Numbers will be checked and contacts listed at %1/v2/contacts.");
        f.sender = tr("&Instance id");
        f.senderHint = tr("Twelve letters and digits, from Wawp's dashboard.");
        f.senderMissing = tr("The account needs the instance id from Wawp's dashboard.");
        f.secret = tr("Access &token");
        f.secretHint
            = tr("From Wawp's dashboard. Wawp wants it in addresses, so Rollcall shows and logs none of them.");
        f.secretMissing = tr("The account needs the access token from Wawp's dashboard.");
        break;
    case GatewayKind::Dialog360:
    case GatewayKind::CloudApi:
        return ofMeta(kind);
    }
    return f;
}

QString KindFields::freeName(GatewayKind kind, const std::vector<Account> &taken)
{
    QString base;
    switch (kind) {
    case GatewayKind::OnPrem:
        base = tr("On-premises node");
        break;
    case GatewayKind::CloudApi:
        base = tr("Cloud API");
        break;
    default:
        base = Words::gatewayKind(kind);
    }
    const auto isTaken = [&taken](const QString &name) {
        return std::any_of(taken.begin(), taken.end(),
            [&name](const Account &one) { return one.name.compare(name, Qt::CaseInsensitive) == 0; });
    };
    QString name = base;
    for (int i = 2; isTaken(name); ++i)
        name = tr("%1 %2").arg(base, QString::number(i));
    return name;
}

QString KindFields::understood(const CurlAccount &pasted)
{
    if (!pasted.kind)
        return tr("This line speaks to none of the gateways that Rollcall knows. Its address was filled in; choose the "
                  "kind and enter the rest.");
    const KindFields fields = of(*pasted.kind);
    const auto plain = [](QString label) { return label.remove(QLatin1Char('&')); };
    QStringList filled{tr("Address")};
    QStringList missing;
    const auto sort = [&](bool wanted, bool there, const QString &label) {
        if (wanted)
            (there ? filled : missing) << plain(label);
    };
    sort(fields.login, !pasted.user.isEmpty(), tr("User"));
    sort(!fields.sender.isEmpty(), !pasted.sender.isEmpty(), fields.sender);
    sort(true, !pasted.secret.isEmpty(), fields.secret);
    const QString separator = QStringLiteral(", ");
    QStringList parts{
        tr("Recognised: %1. Filled in: %2.").arg(Words::gatewayKind(*pasted.kind), filled.join(separator))};
    if (!missing.isEmpty())
        parts << (pasted.sample ? tr("The line holds samples in place of the real values, so enter yourself: %1.")
                                : tr("The line does not tell, so enter yourself: %1."))
                     .arg(missing.join(separator));
    if (pasted.insecure)
        parts << tr("It told curl to trust any certificate; Rollcall does not. If the gateway has one of your own "
                    "authority, name its CA file.");
    return parts.join(QLatin1Char(' '));
}

QString KindFields::notUnderstood(const Failure &why)
{
    if (why.detail == QLatin1String("quote"))
        return tr("The curl line is cut off: a quotation mark stays open. Copy it whole, then paste it again.");
    if (why.detail == QLatin1String("long"))
        return tr("The text is too long for a curl line. Copy only the line, then paste it again.");
    if (why.detail == QLatin1String("no curl"))
        return tr("The clipboard holds no curl line. Copy one from the gateway's page or console, then press again.");
    return tr("The curl line has no address that begins with https://. Copy it whole, then paste it again.");
}

} // namespace rollcall
