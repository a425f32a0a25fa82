namespace Gallery;

/// <summary>Sends its orders on its own, from when it was made.</summary>
internal sealed class Sender : IAsyncDisposable
{
    private readonly Task _sending;

    public Sender(Shop shop, Order order)
    {
        _sending = shop.SendAsync(order); // SCOPE106
    }

    public async ValueTask DisposeAsync()
    {
        await Task.Yield();
    }
}
