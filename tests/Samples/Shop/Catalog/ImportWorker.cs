namespace Shop.Catalog;

/// <summary>Imports the uploaded product lists, one after the other.</summary>
public sealed class ImportWorker : BackgroundService
{
    private readonly ImportQueue _queue;
    private readonly IProductImporter _importer;
    private readonly ILogger<ImportWorker> _logger;

    public ImportWorker(ImportQueue queue, IProductImporter importer, ILogger<ImportWorker> logger)
    {
        _queue = queue;
        _importer = importer;
        _logger = logger;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (var batch in _queue.Reader.ReadAllAsync(stoppingToken))
        {
            _importer.ImportAsync(batch, stoppingToken);
            _logger.LogInformation("{File} imported", batch.File);
        }
    }
}
