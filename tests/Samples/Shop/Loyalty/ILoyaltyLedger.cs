namespace Shop.Loyalty;

/// <summary>Keeps the customers' points; a shop may run without a loyalty programme.</summary>
public interface ILoyaltyLedger
{
    Task AddPointsAsync(string customer, int points, CancellationToken cancellationToken = default);

    Task<int> GetLevelAsync(string customer, CancellationToken cancellationToken = default);
}
