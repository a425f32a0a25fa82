namespace Shop.Orders;

/// <summary>Where accepted orders are kept for good.</summary>
public interface IOrderStore
{
    Task SaveAsync(Order order);
}
