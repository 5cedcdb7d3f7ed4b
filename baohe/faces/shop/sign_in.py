from ninja import Router

router = Router(tags=["sign_in"])
