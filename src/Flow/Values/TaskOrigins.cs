using ScopedTasks.Analyzers.Operations;
using ScopedTasks.Analyzers.Symbols;

namespace ScopedTasks.Analyzers.Flow.Values;

/// <summary>Finds where the value of a task expression may come from: its variable, the collection around it.</summary>
internal sealed class TaskOrigins
{
    private const int MaximalDepth = 12;

    private readonly Dictionary<ISymbol, bool> _shared = new(SymbolEqualityComparer.Default);
    private readonly KnownTypes _types;
    private readonly IOperation _root;

    public TaskOrigins(IOperation task, KnownTypes types)
    {
        _types = types;
        _root = EnclosingMember.RootOf(task);
        Add(task, MaximalDepth);
    }

    /// <summary>The variables and members that hold the task, or a collection that it is an element of.</summary>
    public HashSet<ISymbol> Symbols { get; } = new(SymbolEqualityComparer.Default);

    /// <summary>The expressions that may have given the value.</summary>
    public List<IOperation> Values { get; } = [];

    /// <summary>The calls whose outcome, by <c>await</c> or one by one, is the value.</summary>
    public HashSet<IOperation> Outcomes { get; } = [];

    /// <summary>The task is the antecedent of a continuation.</summary>
    public bool Antecedent { get; private set; }

    /// <summary>Whether what the operation names may hold the same task, or a collection with it.</summary>
    public bool AreShared(IOperation operation, ISymbol symbol)
    {
        if (Symbols.Contains(symbol))
        {
            return true;
        }

        if (operation.Type is null or { SpecialType: not SpecialType.None and not SpecialType.System_Object })
        {
            return false;
        }

        // Where a variable's value comes from does not depend on who reads it.
        if (operation is not (ILocalReferenceOperation or IParameterReferenceOperation))
        {
            return Overlaps(operation);
        }

        if (!_shared.TryGetValue(symbol, out var shared))
        {
            _shared.Add(symbol, shared = Overlaps(operation));
        }

        return shared;
    }

    /// <summary>The variable or member that an operation names.</summary>
    public static ISymbol? SymbolOf(IOperation operation) => operation switch
    {
        ILocalReferenceOperation local => local.Local,
        IParameterReferenceOperation parameter => parameter.Parameter,
        IFieldReferenceOperation field => field.Field,
        IPropertyReferenceOperation { Property.IsIndexer: false } property => property.Property,
        _ => null,
    };

    private bool Overlaps(IOperation operation) => Symbols.Overlaps(new TaskOrigins(operation, _types).Symbols);

    private void Add(IOperation? task, int depth)
    {
        if (task is null || depth == 0)
        {
            return;
        }

        Values.Add(task);
        switch (task)
        {
            case IConversionOperation conversion:
                Add(conversion.Operand, depth - 1);
                break;
            case IAwaitOperation awaited:
                AddOutcome(awaited.Operation, depth);
                break;
            case IConditionalAccessInstanceOperation instance:
                Add(ReceiverOf(instance), depth - 1);
                break;
            case ILocalReferenceOperation local:
                if (Symbols.Add(local.Local))
                {
                    AddSourceOf(local.Local, depth);
                }

                break;
            case IParameterReferenceOperation parameter:
                if (Symbols.Add(parameter.Parameter))
                {
                    AddSourceOf(parameter.Parameter, depth);
                }

                break;
            case IMemberReferenceOperation member and (IFieldReferenceOperation or IPropertyReferenceOperation):
                Add(member, depth);
                break;
            case IArrayElementReferenceOperation element:
                Add(element.ArrayReference, depth - 1);
                break;
            case IInvocationOperation call:
                Add(call, depth);
                break;
        }
    }

    private void Add(IMemberReferenceOperation member, int depth)
    {
        if (member is IPropertyReferenceOperation { Property: { IsIndexer: true } })
        {
            Add(member.Instance, depth - 1);
            return;
        }

        Symbols.Add(member.Member);

        // A member of an element belongs to the collection; a member of anything else stands for itself.
        switch (member.Instance)
        {
            case { Type.Name: "TaskCompletionSource" } source:
                Add(source, depth - 1);
                break;
            case ILocalReferenceOperation local:
                AddSourceOf(local.Local, depth);
                break;
            case IParameterReferenceOperation parameter:
                AddSourceOf(parameter.Parameter, depth);
                break;
            case IFieldReferenceOperation or IPropertyReferenceOperation when
                !member.Member.ContainingType.IsTupleType && !IsSequence(member.Instance.Type)
                && member.Instance is not IPropertyReferenceOperation { Property.IsIndexer: true }:
                break;
            case { } instance:
                Add(instance, depth - 1);
                break;
        }
    }

    private void Add(IInvocationOperation call, int depth)
    {
        var method = call.TargetMethod;
        var receiver = call.Instance
            ?? (method.IsExtensionMethod && !call.Arguments.IsEmpty ? call.Arguments[0].Value : null);
        if (receiver is null)
        {
            return;
        }

        // The same work in other clothes, or an element of a sequence.
        if (method.Name is "AsTask" or "ConfigureAwait" or "Preserve" or "Unwrap" or "GetAwaiter"
            || IsSequence(receiver.Type))
        {
            Add(receiver, depth - 1);
        }
    }

    private void AddOutcome(IOperation awaited, int depth)
    {
        awaited = awaited.WithoutConfiguration();
        Outcomes.Add(awaited);
        Values.Add(awaited);

        // `var race = Task.WhenAny(..); .. (await race).Result`
        if (awaited is ILocalReferenceOperation local && depth > 0
            && LocalMentions.InitializerOf(local.Local, _root) is { } initializer)
        {
            Outcomes.Add(initializer);
            Values.Add(initializer);
        }
    }

    private void AddSourceOf(ILocalSymbol local, int depth)
    {
        switch (LocalMentions.DeclarationOf(local, _root))
        {
            case IForEachLoopOperation loop:
                if (loop.IsAsynchronous)
                {
                    AddOutcome(loop.Collection.WithoutConversions(), depth);
                }

                Add(loop.Collection, depth - 1);
                return;

            case IVariableDeclaratorOperation declarator:
                AddSource(declarator.GetVariableInitializer()?.Value, depth);
                break;

            case IIsPatternOperation test:
                Add(test.Value, depth - 1);
                break;
        }

        foreach (var mention in LocalMentions.Of(local, _root))
        {
            switch (mention.Parent)
            {
                case ISimpleAssignmentOperation assignment when assignment.Target == mention:
                    AddSource(assignment.Value, depth);
                    break;

                // `tasks.Add(task)`
                case IInvocationOperation { TargetMethod.Name: "Add" or "Enqueue" or "Push" } call
                    when call.Instance == mention:
                    AddElements(call.Arguments, depth);
                    break;

                // `map.TryGetValue(key, out var task)`
                case IArgumentOperation argument:
                    AddMap(argument, depth);
                    break;
                case IDeclarationExpressionOperation { Parent: IArgumentOperation argument }:
                    AddMap(argument, depth);
                    break;
            }
        }
    }

    private void AddMap(IArgumentOperation argument, int depth)
    {
        if (argument is { Parameter.RefKind: RefKind.Out, Parent: IInvocationOperation { Instance: { } map } }
            && IsSequence(map.Type))
        {
            Add(map, depth - 1);
        }
    }

    // Only what hands the same task on: what a call starts anew has no history.
    private void AddSource(IOperation? value, int depth)
    {
        switch (value)
        {
            case IConversionOperation conversion:
                AddSource(conversion.Operand, depth);
                break;
            case IAwaitOperation or IArrayElementReferenceOperation or IPropertyReferenceOperation
                or ILocalReferenceOperation or IParameterReferenceOperation or IInvocationOperation
                or IFieldReferenceOperation or IDefaultValueOperation:
                Add(value, depth - 1);
                break;
            case IObjectCreationOperation creation:
                Add(value, depth - 1);
                foreach (var initializer in creation.Initializer?.Initializers ?? ImmutableArray<IOperation>.Empty)
                {
                    if (initializer is IInvocationOperation add)
                    {
                        AddElements(add.Arguments, depth);
                    }
                }

                break;
            case not null when ListedValues.Of(value) is { } elements:
                AddElements(elements, depth);
                break;
        }
    }

    private void AddElements(IEnumerable<IOperation> elements, int depth)
    {
        foreach (var element in elements)
        {
            Add(element is IArgumentOperation argument ? argument.Value : element, depth - 1);
        }
    }

    private void AddSourceOf(IParameterSymbol parameter, int depth)
    {
        if (parameter.ContainingSymbol is not IMethodSymbol { MethodKind: MethodKind.AnonymousFunction })
        {
            return;
        }

        foreach (var operation in _root.Descendants())
        {
            if (operation is not IAnonymousFunctionOperation lambda
                || !SymbolEqualityComparer.Default.Equals(lambda.Symbol, parameter.ContainingSymbol))
            {
                continue;
            }

            if (CallOf(lambda) is not { } call)
            {
                return;
            }

            if (call.TargetMethod.Name is "ContinueWith" or "ContinueWhenAll" or "ContinueWhenAny")
            {
                Antecedent |= parameter.Ordinal == 0;
                return;
            }

            foreach (var argument in call.Arguments)
            {
                if (argument.Syntax.Span.Contains(lambda.Syntax.Span))
                {
                    continue;
                }

                // Who is given a task, and a function of one, calls it when the task has ended: `Then(task, t => ..)`.
                Antecedent |= parameter.Ordinal == 0 && argument.Value.Type.IsOrDerivesFrom(_types.Task);
                if (IsSequence(argument.Value.Type))
                {
                    Add(argument.Value, depth - 1);
                }
            }

            if (call.Instance is { } instance && IsSequence(instance.Type))
            {
                Add(instance, depth - 1);
            }

            return;
        }
    }

    private static IInvocationOperation? CallOf(IAnonymousFunctionOperation lambda)
    {
        for (var current = lambda.Parent; current is not null; current = current.Parent)
        {
            switch (current)
            {
                case IInvocationOperation call:
                    return call;
                case IDelegateCreationOperation or IConversionOperation or IArgumentOperation:
                    break;
                default:
                    return null;
            }
        }

        return null;
    }

    private static IOperation? ReceiverOf(IConditionalAccessInstanceOperation instance)
    {
        for (var current = instance.Parent; current is not null; current = current.Parent)
        {
            if (current is IConditionalAccessOperation access
                && access.WhenNotNull.Syntax.Span.Contains(instance.Syntax.Span))
            {
                return access.Operation;
            }
        }

        return null;
    }

    private bool IsSequence(ITypeSymbol? type)
    {
        if (type is null or { SpecialType: SpecialType.System_String })
        {
            return false;
        }

        if (type.TypeKind == TypeKind.Array || type.SpecialType == SpecialType.System_Collections_IEnumerable
            || type.OriginalDefinition.SpecialType == SpecialType.System_Collections_Generic_IEnumerable_T)
        {
            return true;
        }

        foreach (var implemented in type.AllInterfaces)
        {
            if (implemented.SpecialType == SpecialType.System_Collections_IEnumerable)
            {
                return true;
            }
        }

        return type.IsOrDerivesFrom(_types.AsyncEnumerable);
    }
}
