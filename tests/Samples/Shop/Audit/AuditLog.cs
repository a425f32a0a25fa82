namespace Shop.Audit;

/// <summary>Where audit entries end up.</summary>
public interface IAuditSink
{
    Task AppendAsync(string entry);
}

/// <summary>Writes down who changed what; the law wants these entries.</summary>
public sealed class AuditLog
{
    private readonly IAuditSink _sink;
    private readonly TimeProvider _time;

    public AuditLog(IAuditSink sink, TimeProvider? time = null)
    {
        _sink = sink;
        _time = time ?? TimeProvider.System;
    }

    public async Task RecordAsync(string what)
    {
        var entry = $"{_time.GetUtcNow():O} {what}";
        await _sink.AppendAsync(entry);
    }
}
