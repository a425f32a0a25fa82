namespace Shop.Loyalty;

/// <summary>Keeps the customers' points.</summary>
public interface ILoyaltyLedger
{
    Task AddPointsAsync(string customer, int points, CancellationToken cancellationToken = default);

    Task<int> GetPointsAsync(string customer, CancellationToken cancellationToken = default);
}

/// <summary>Gives a point for every euro; a shop may run without a ledger, and then gives none.</summary>
public sealed class LoyaltyProgram
{
    private readonly ILoyaltyLedger? _ledger;

    public LoyaltyProgram(ILoyaltyLedger? ledger = null) => _ledger = ledger;

    /// <summary>Books the points and answers the customer's level.</summary>
    public async Task<int> BookAsync(string customer, decimal total, CancellationToken cancellationToken)
    {
        var points = (int)total;
        _ledger?.AddPointsAsync(customer, points, cancellationToken);
        return _ledger is null ? 0 : await _ledger.GetPointsAsync(customer, cancellationToken) / 1000;
    }
}
