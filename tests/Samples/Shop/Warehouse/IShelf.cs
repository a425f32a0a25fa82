namespace Shop.Warehouse;

/// <summary>What lies within reach; asked so often that it allocates nothing for an answer.</summary>
public interface IShelf
{
    /// <summary>Takes one, and says how many are left.</summary>
    ValueTask<int> TakeAsync(string sku);
}
