using ScopedTasks;
using Shop.Audit;
using Shop.Catalog;
using Shop.Hosting;
using Shop.Labels;
using Shop.Local;
using Shop.Loyalty;
using Shop.Mail;
using Shop.Orders;
using Shop.Prices;
using Shop.Stock;
using Shop.Warehouse;

namespace Shop;

/// <summary>Puts the service together: what it is made of, and what it answers to.</summary>
public static class ShopHost
{
    /// <summary>Builds the host; <paramref name="configure"/> may replace services, as the last word.</summary>
    public static WebApplication Build(string[] args, Action<WebApplicationBuilder>? configure = null)
    {
        var builder = WebApplication.CreateBuilder(args);

        builder.Services.AddSingleton<IOrderStore, InMemoryOrderStore>();
        builder.Services.AddSingleton<OrderQueue>();
        builder.Services.AddSingleton<OrderService>();
        builder.Services.AddHostedService<OrderWorker>();

        builder.Services.AddTaskGroup(WelcomeEndpoints.Group, options =>
        {
            options.FailureMode = TaskGroupFailureMode.Supervise;
            options.MaxConcurrency = 16;
        });
        builder.Services.AddSingleton<IMailServer, LoggingMailServer>();
        builder.Services.AddSingleton<ISubscriberStore, LocalSubscriberStore>();
        builder.Services.AddSingleton<ConfirmationMailer>();
        builder.Services.AddSingleton<NewsletterSender>();
        builder.Services.AddSingleton<BirthdayGreeter>();
        builder.Services.AddSingleton<RestockMailer>();

        builder.Services.AddSingleton<ISupplier, LocalSupplier>();
        builder.Services.AddSingleton<PriceList>();
        builder.Services.AddSingleton<QuoteService>();
        builder.Services.AddHostedService<PriceRefreshWorker>();
        builder.Services.AddHostedService<SupplierReconnector>();

        builder.Services.AddSingleton<IProductCatalog, InMemoryProductCatalog>();
        builder.Services.AddSingleton<IProductImporter, ProductImporter>();
        builder.Services.AddSingleton<IPictureServer, LocalPictureServer>();
        builder.Services.AddSingleton<ImportQueue>();
        builder.Services.AddSingleton<PictureLoader>();
        builder.Services.AddHostedService<ImportWorker>();
        builder.Services.AddSingleton<Reviews>();

        builder.Services.AddSingleton<IStockStore, InMemoryStockStore>();
        builder.Services.AddSingleton<StockTaking>();

        builder.Services.AddSingleton<IWarehouse, LocalWarehouse>();
        builder.Services.AddSingleton<Availability>();
        builder.Services.AddSingleton<IShelf, LocalShelf>();
        builder.Services.AddSingleton<Reservations>();

        builder.Services.AddSingleton<IPrinterPort, LoggingPrinterPort>();
        builder.Services.AddSingleton<LabelPrinter>();

        builder.Services.AddSingleton<ILoyaltyLedger, InMemoryLoyaltyLedger>();
        builder.Services.AddSingleton<LoyaltyProgram>();
        builder.Services.AddSingleton<StatementMailer>();

        builder.Services.AddSingleton<IAuditSink, LoggingAuditSink>();
        builder.Services.AddSingleton<AuditLog>();

        configure?.Invoke(builder);

        var app = builder.Build();
        app.MapOrders();
        app.MapLoyalty();
        app.MapNewsletter();
        app.MapWelcome();
        app.MapPrices();
        app.MapOffers();
        app.MapCatalog();
        app.MapReviews();
        app.MapStock();
        app.MapWarehouse();
        app.MapLabels();
        return app;
    }
}
