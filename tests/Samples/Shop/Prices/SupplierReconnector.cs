using Microsoft.Extensions.Primitives;

namespace Shop.Prices;

/// <summary>Connects to the supplier anew when the configuration has changed.</summary>
public sealed class SupplierReconnector : IHostedService, IDisposable
{
    private readonly IConfiguration _configuration;
    private readonly ISupplier _supplier;
    private IDisposable? _subscription;

    public SupplierReconnector(IConfiguration configuration, ISupplier supplier)
    {
        _configuration = configuration;
        _supplier = supplier;
    }

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _subscription = ChangeToken.OnChange(_configuration.GetReloadToken, () => _supplier.ReconnectAsync());
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        _subscription?.Dispose();
        return Task.CompletedTask;
    }

    public void Dispose() => _subscription?.Dispose();
}
