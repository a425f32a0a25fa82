namespace Shop.Warehouse;

/// <summary>Keeps products for customers who pay later, as long as the shelf has some.</summary>
public sealed class Reservations
{
    private readonly IShelf _shelf;

    public Reservations(IShelf shelf) => _shelf = shelf;

    public async Task<int> ReserveAsync(string sku)
    {
        var left = _shelf.TakeAsync(sku);
        if (await left < 0)
        {
            throw new InvalidOperationException($"None of {sku} is left.");
        }

        return await left;
    }
}
