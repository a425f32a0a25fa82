namespace Shop.Orders;

/// <summary>An order as it was accepted.</summary>
public sealed record Order(string Number, string Customer, string Email, decimal Total);

/// <summary>What a customer sends to place an order.</summary>
public sealed record OrderRequest(string Customer, string Email, decimal Total);
