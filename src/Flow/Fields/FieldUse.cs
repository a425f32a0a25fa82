namespace ScopedTasks.Analyzers.Flow.Fields;

/// <summary>What one mention of a field does with the tasks that the field keeps.</summary>
internal enum FieldUse
{
    /// <summary>It gets a task that was started for it.</summary>
    Starts,

    /// <summary>It is joined or handed on, or used in a way that says nothing: whoever has it may wait.</summary>
    Joins,

    /// <summary>It is compared with null, asked whether it has ended, emptied.</summary>
    Looks,
}

/// <summary>One mention.</summary>
/// <param name="Field">The field.</param>
/// <param name="Use">What is done with it.</param>
/// <param name="Site">The assignment or call that keeps a start; else the mention itself.</param>
/// <param name="Start">The call that starts the work; null where none does.</param>
internal sealed record FieldMention(
    IFieldSymbol Field, FieldUse Use, IOperation Site, IInvocationOperation? Start = null);
