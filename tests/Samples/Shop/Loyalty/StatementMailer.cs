using Shop.Mail;

namespace Shop.Loyalty;

/// <summary>Tells customers how many points they have.</summary>
public sealed class StatementMailer
{
    private readonly ILoyaltyLedger _ledger;
    private readonly IMailServer _server;

    public StatementMailer(ILoyaltyLedger ledger, IMailServer server)
    {
        _ledger = ledger;
        _server = server;
    }

    public async Task SendAsync(string customer, string address, CancellationToken cancellationToken)
    {
        var text = $"You have {_ledger.GetPointsAsync(customer, cancellationToken)} points";
        await _server.SendAsync(new Email(address, $"{customer}, your points", text), cancellationToken);
    }
}
