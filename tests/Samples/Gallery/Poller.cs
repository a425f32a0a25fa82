using Microsoft.Extensions.Hosting;

namespace Gallery
{
    /// <summary>Keeps the host that awaits its start from starting anything else.</summary>
    internal sealed class Poller : IHostedService
    {
        private readonly Shop _shop;

        public Poller(Shop shop) => _shop = shop;

        public async Task StartAsync(CancellationToken cancellationToken)
        {
            while (!cancellationToken.IsCancellationRequested) // SCOPE208
            {
                await _shop.SettleAsync();
            }
        }
    }
}

namespace Microsoft.Extensions.Hosting
{
    /// <summary>What the package of that name declares.</summary>
    internal interface IHostedService
    {
        Task StartAsync(CancellationToken cancellationToken);
    }
}
